using Microsoft.AspNetCore.Http;
using Realtime.Web.Api;

namespace Realtime.Web.VirtualRequests;

/// <summary>What a client is told when the application threw: never how.</summary>
internal static class Failures
{
    /// <summary>Whether the application meant to tell the client, so that it is no fault of the application's.</summary>
    public static bool IsRefusal(Exception thrown) => thrown is RealtimeException or BadHttpRequestException;

    public static RealtimeException Explain(Exception thrown) => thrown switch
    {
        RealtimeException refused => refused,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large => new(ErrorCodes.PayloadTooLarge, large.Message),
        BadHttpRequestException bad => new(ErrorCodes.InvalidRequest, bad.Message),
        _ => new(ErrorCodes.InternalError, "The request failed; the server's log says how."),
    };

    public static int StatusOf(Exception thrown) => thrown switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        RealtimeException refused => Problem.StatusOf(refused.Code),
        _ => StatusCodes.Status500InternalServerError,
    };
}
