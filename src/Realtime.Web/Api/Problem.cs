using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Json;

namespace Realtime.Web.Api;

/// <summary>An error over HTTP: a problem document (RFC 9457) with a code for machines.</summary>
/// <param name="Title">The kind of problem, in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and what to do about it.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Error">The same as <paramref name="Code"/>.</param>
/// <param name="Message">The same as <paramref name="Detail"/>.</param>
public sealed record Problem(string Title, int Status, string Detail, string Code, string Error, string Message)
{
    /// <summary>The content type of problem documents.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Writes a refusal as the answer to a request.</summary>
    public static Task WriteAsync(HttpContext context, RealtimeException refused)
    {
        var problem = Of(refused, StatusOf(refused.Code));
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, RealtimeJson.Options, ContentType, context.RequestAborted);
    }

    internal static Problem Of(RealtimeException refused, int status) =>
        new(TitleOf(status), status, refused.Message, refused.Code, refused.Code, refused.Message);

    internal static int StatusOf(string code) => code switch
    {
        ErrorCodes.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorCodes.Forbidden or ErrorCodes.InvalidResumeToken => StatusCodes.Status403Forbidden,
        ErrorCodes.UnknownSocket => StatusCodes.Status404NotFound,
        ErrorCodes.InternalError => StatusCodes.Status500InternalServerError,
        ErrorCodes.NotSupported => StatusCodes.Status501NotImplemented,
        ErrorCodes.TimedOut => StatusCodes.Status504GatewayTimeout,
        ErrorCodes.Unavailable or ErrorCodes.Overloaded => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string TitleOf(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}
