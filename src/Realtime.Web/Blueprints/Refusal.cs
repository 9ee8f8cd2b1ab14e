using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Blueprints;

/// <summary>The answer to a request that cannot be done (contract B-27, B-28).</summary>
/// <param name="Code">One of <see cref="BlueprintCodes"/>, <see cref="CriteriaCodes"/> or <see cref="ErrorCodes"/>.</param>
/// <param name="Details">Why.</param>
/// <param name="Message">Which request it was.</param>
/// <param name="Errors">What is wrong with each attribute.</param>
/// <param name="ModelIdentity">For <see cref="BlueprintCodes.Unique"/>: the model.</param>
/// <param name="AttrNames">For <see cref="BlueprintCodes.Unique"/>: the attributes whose values are taken.</param>
public sealed record Refusal(
    string Code, string? Details, string Message, IReadOnlyDictionary<string, string[]>? Errors = null,
    string? ModelIdentity = null, IReadOnlyList<string>? AttrNames = null)
{
    internal static IResult Of(HttpRequest request, string code, string details, IReadOnlyDictionary<string, string[]>? errors = null) =>
        Json(new Refusal(code, details, MessageOf(request), errors), StatusOf(code));

    internal static IResult Taken(HttpRequest request, ModelName model, IReadOnlyList<string> attributes) => Json(
        new Refusal(BlueprintCodes.Unique, null, $"{MessageOf(request)} Another {model} has the same {string.Join(", ", attributes)}.", null, model.Value, attributes),
        StatusCodes.Status400BadRequest);

    private static string MessageOf(HttpRequest request) => $"The request {request.Method} {request.Path} could not be done.";

    private static IResult Json(Refusal refusal, int status) => Results.Json(refusal, Realtime.Web.Json.RealtimeJson.Options, statusCode: status);

    private static int StatusOf(string code) => code switch
    {
        BlueprintCodes.Conflict => StatusCodes.Status409Conflict,
        ErrorCodes.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.Unavailable or ErrorCodes.Overloaded => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
