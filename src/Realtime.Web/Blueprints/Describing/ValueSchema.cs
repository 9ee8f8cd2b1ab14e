using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Blueprints.Describing;

/// <summary>Describes values as models write and read them.</summary>
internal static class ValueSchema
{
    /// <summary>The schema of an attribute's values, with those of its rules that JSON Schema can say.</summary>
    public static async Task<IOpenApiSchema> OfAsync(
        AttributeDescription attribute, OpenApiOperationTransformerContext context, JsonSerializerOptions json, CancellationToken cancellation)
    {
        var known = new ModelAttribute(attribute.Name, attribute.Member);
        if (known.Kind == ValueKind.Opaque)
            return Shown(Shown(await context.GetOrCreateSchemaAsync(attribute.ClrType, null, cancellation), attribute.ClrType, json), attribute.HiddenInside);
        var schema = OfKind(known, json);
        if (attribute.Column is { IsNullable: true })
            schema.Type |= JsonSchemaType.Null;
        AddRules(schema, attribute);
        return schema;
    }

    /// <summary>The schema of a primary key.</summary>
    public static OpenApiSchema OfKey(RecordKey key, JsonSerializerOptions json) => key.Properties is [var only]
        ? OfKind(new ModelAttribute(only.Name, only), json)
        : new OpenApiSchema { Type = JsonSchemaType.String, Description = "The parts of the key, with commas between them." };

    // The object of a record, without its hidden members: no answer has them.
    private static OpenApiSchema Shown(OpenApiSchema schema, Type type, JsonSerializerOptions json)
    {
        var known = json.GetTypeInfo(type);
        if (schema.Items is OpenApiSchema items && known.ElementType is { } element)
            Shown(items, element, json);
        if (schema.Properties is not { Count: > 0 } properties || known.Kind != JsonTypeInfoKind.Object)
            return schema;
        foreach (var member in known.Properties)
        {
            if (HiddenMembers.IsHidden(member))
                properties.Remove(member.Name);
            else if (properties.TryGetValue(member.Name, out var value) && value is OpenApiSchema inner)
                Shown(inner, member.PropertyType, json);
        }
        return schema;
    }

    private static OpenApiSchema Shown(OpenApiSchema schema, HiddenInside? hidden)
    {
        if (schema.Items is OpenApiSchema items)
            Shown(items, hidden);
        if (hidden is null || schema.Properties is not { } properties)
            return schema;
        foreach (var name in hidden.Hidden)
            properties.Remove(name);
        foreach (var (name, inside) in hidden.Further)
        {
            if (properties.TryGetValue(name, out var value) && value is OpenApiSchema inner)
                Shown(inner, inside);
        }
        return schema;
    }

    private static OpenApiSchema OfKind(ModelAttribute attribute, JsonSerializerOptions json) => attribute.Kind switch
    {
        ValueKind.Whole => new() { Type = JsonSchemaType.Integer, Format = attribute.ValueType == typeof(long) ? "int64" : null },
        ValueKind.Fraction => new() { Type = JsonSchemaType.Number },
        ValueKind.Flag => new() { Type = JsonSchemaType.Boolean },
        ValueKind.Guid => new() { Type = JsonSchemaType.String, Format = "uuid" },
        ValueKind.Moment or ValueKind.OffsetMoment => new() { Type = JsonSchemaType.String, Format = "date-time" },
        ValueKind.Date => new() { Type = JsonSchemaType.String, Format = "date" },
        ValueKind.Time => new() { Type = JsonSchemaType.String, Format = "time" },
        ValueKind.Choice => Choice(attribute.ValueType, json),
        _ => new() { Type = JsonSchemaType.String },
    };

    // As it is written: by name or by number, which is up to the options.
    private static OpenApiSchema Choice(Type type, JsonSerializerOptions json)
    {
        List<JsonNode> values = [.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, json)!)];
        return new()
        {
            Type = values.TrueForAll(value => value.GetValueKind() == JsonValueKind.String) ? JsonSchemaType.String : JsonSchemaType.Integer,
            Enum = values,
        };
    }

    private static void AddRules(OpenApiSchema schema, AttributeDescription attribute)
    {
        if (attribute.Column?.GetMaxLength() is { } most && schema.Type?.HasFlag(JsonSchemaType.String) == true)
            schema.MaxLength = most;
        foreach (var rule in attribute.Member.PropertyInfo?.GetCustomAttributes<ValidationAttribute>() ?? [])
        {
            switch (rule)
            {
                case RangeAttribute range:
                    (schema.Minimum, schema.Maximum) = (Text(range.Minimum), Text(range.Maximum));
                    break;
                case StringLengthAttribute length:
                    (schema.MinLength, schema.MaxLength) = (length.MinimumLength, length.MaximumLength);
                    break;
                case MinLengthAttribute least:
                    schema.MinLength = least.Length;
                    break;
                case EmailAddressAttribute:
                    schema.Format = "email";
                    break;
                case UrlAttribute:
                    schema.Format = "uri";
                    break;
                case RegularExpressionAttribute pattern:
                    schema.Pattern = pattern.Pattern;
                    break;
            }
        }
    }

    private static string? Text(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture);
}
