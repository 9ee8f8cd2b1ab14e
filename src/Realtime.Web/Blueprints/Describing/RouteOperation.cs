using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Describing;

/// <summary>Completes the OpenAPI description of a model's route: its handler takes nothing but the request, and shows nothing of it.</summary>
internal static class RouteOperation
{
    private static readonly (string Name, string Meaning)[] Reading =
    [
        ("populate", "The associations to bring along, with commas; `false` for none. All of them by default."),
        ("select", "The attributes to answer with, with commas."),
        ("omit", "The attributes to leave out, with commas."),
    ];

    private static readonly (string Name, string Meaning)[] Criteria =
    [
        ("where", "A filter as JSON: `{\"age\":{\">\":30}}`. Without it, other parameters filter by attributes: `age=30`."),
        ("limit", "How many at most."),
        ("skip", "How many to pass over."),
        ("sort", "`name DESC`, or JSON: `[{\"name\":\"ASC\"}]`."),
    ];

    public static async Task CompleteAsync(
        BlueprintAction action, ModelDescription model, IReadOnlyList<string> parameters, JsonSerializerOptions json, OpenApiOperation operation,
        OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var route = action.Describes;
        var schemas = new ModelSchemas(context, json, cancellation);
        operation.Parameters =
        [
            .. parameters.Select(InPath),
            .. action.Keys.Select(name => InPath(name, name == "childid" ? route.Association!.Target : model, json)),
            .. Reading.Concat(route.HasCriteria ? Criteria : []).Select(InQuery),
        ];
        operation.RequestBody = await BodyAsync(route, schemas);
        operation.Responses = await AnswersAsync(route, schemas);
    }

    private static OpenApiParameter InPath(string name, ModelDescription model, JsonSerializerOptions json) => new()
    {
        Name = name, In = ParameterLocation.Path, Required = true,
        Description = $"The primary key of the {model.Name}.", Schema = ValueSchema.OfKey(model.Key, json),
    };

    private static OpenApiParameter InPath(string name) => new()
    {
        Name = name, In = ParameterLocation.Path, Required = true, Description = $"The attribute {name} of the records.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiParameter InQuery((string Name, string Meaning) parameter) => new()
    {
        Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Meaning,
        Schema = new OpenApiSchema { Type = parameter.Name is "limit" or "skip" ? JsonSchemaType.Integer : JsonSchemaType.String },
    };

    private static async Task<OpenApiRequestBody?> BodyAsync(RouteDescription route, ModelSchemas schemas)
    {
        IOpenApiSchema? schema = route.Takes switch
        {
            RouteBody.New => new OpenApiSchema { OneOf = [await schemas.NewAsync(route.Answers), ListOf(await schemas.NewAsync(route.Answers))] },
            RouteBody.Changes => await schemas.ChangesAsync(route.Answers),
            RouteBody.Keys => schemas.KeysOf(route.Association!.Target),
            _ => null,
        };
        return schema is null ? null : new OpenApiRequestBody { Required = true, Content = Json(schema) };
    }

    private static async Task<OpenApiResponses> AnswersAsync(RouteDescription route, ModelSchemas schemas)
    {
        var record = await schemas.RecordAsync(route.Answers);
        IOpenApiSchema answer = route.IsList ? ListOf(record)
            : route.Takes == RouteBody.New ? new OpenApiSchema { OneOf = [record, ListOf(record)] } : record;
        var refusal = Json(await schemas.RefusalAsync());
        return new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = "Done.", Content = Json(answer) },
            ["400"] = new OpenApiResponse { Description = "The request makes no sense, or breaks a rule of the model.", Content = refusal },
            ["403"] = new OpenApiResponse { Description = "The policy of the model forbids it." },
            ["404"] = new OpenApiResponse { Description = "There is no such record." },
            ["409"] = new OpenApiResponse { Description = "Somebody else changed it meanwhile.", Content = refusal },
        };
    }

    private static OpenApiSchema ListOf(IOpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    private static Dictionary<string, OpenApiMediaType> Json(IOpenApiSchema schema) => new() { ["application/json"] = new OpenApiMediaType { Schema = schema } };
}
