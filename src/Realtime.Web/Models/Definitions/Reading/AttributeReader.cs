using System.Text.Json;
using Realtime.Web.Models.Definitions.Rules;
using Realtime.Web.Models.Definitions.Types;

namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>Reads attributes that hold values.</summary>
internal static class AttributeReader
{
    private static readonly string[] Own =
    [
        "type", "required", "unique", "allowNull", "defaultsTo", "columnName", "hidden", "protect", "readOnly",
        "autoCreatedAt", "autoUpdatedAt", "autoIncrement", "description",
    ];

    /// <summary>The fields that such an attribute may have.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Own, .. Rule.All.Keys];

    public static AttributeDefinition? Read(string name, Fields fields)
    {
        fields.AllowOnly(Names);
        var isKey = name == ModelDefinition.Key;
        if (!fields.Has("type") && !isKey)
        {
            fields.Refuse($"it has neither \"type\" nor \"model\" nor \"collection\": give it a \"type\" of {string.Join(", ", DefinedTypes.ByName.Keys)}.");
            return null;
        }
        var type = fields.Has("type") ? fields.Choice("type", DefinedTypes.ByName) : DefinedType.Integer;
        if (type is not { } known)
            return null;
        var attribute = new AttributeDefinition(name, known)
        {
            Column = fields.Text("columnName") ?? name,
            IsRequired = fields.Flag("required"),
            IsUnique = fields.Flag("unique"),
            IsHidden = fields.Flag("hidden") | fields.Flag("protect"),
            IsReadOnly = fields.Flag("readOnly") | fields.Flag("autoCreatedAt") | fields.Flag("autoUpdatedAt"),
            IsCreatedAt = fields.Flag("autoCreatedAt"),
            IsUpdatedAt = fields.Flag("autoUpdatedAt"),
            AllowsNull = fields.Flag("allowNull"),
            Rules = [.. RulesOf(known, fields)],
        };
        return isKey ? Key(attribute, fields) : WithValues(attribute, fields);
    }

    private static AttributeDefinition Key(AttributeDefinition attribute, Fields fields)
    {
        if (attribute.Type is not (DefinedType.Integer or DefinedType.Number or DefinedType.Uuid or DefinedType.String))
            fields.Refuse("the primary key must be of type integer (numbered by the datastore), uuid (made up by the service) or string (given by clients).");
        if (attribute.IsHidden || attribute.AllowsNull || attribute.IsTimestamp || fields.Has("defaultsTo"))
            fields.Refuse("the primary key cannot be hidden, null, a timestamp, or have a default: leave these out.");
        return attribute with { Type = attribute.Type == DefinedType.Number ? DefinedType.Integer : attribute.Type, IsUnique = false };
    }

    private static AttributeDefinition WithValues(AttributeDefinition attribute, Fields fields)
    {
        if (fields.Flag("autoIncrement"))
            fields.Refuse("only the primary key, \"id\", can be numbered: leave out \"autoIncrement\".");
        if (attribute.IsTimestamp && attribute.Type is not (DefinedType.DateTime or DefinedType.Number or DefinedType.Integer))
            fields.Refuse("a timestamp is of type datetime, or number (milliseconds since 1970).");
        if (attribute.IsTimestamp)
            return attribute with { AllowsNull = true };
        if (attribute.IsRequired && attribute.AllowsNull)
            fields.Refuse("it cannot be both \"required\" and \"allowNull\": leave out one of them.");
        if (attribute.IsRequired && fields.Has("defaultsTo"))
            fields.Refuse("it cannot be \"required\" and have \"defaultsTo\": leave out one of them.");
        var hasBase = attribute.Type.BaseValue() is not null;
        attribute = attribute with { AllowsNull = attribute.AllowsNull || (!hasBase && !attribute.IsRequired && !fields.Has("defaultsTo")) };
        if (attribute is { IsUnique: true, IsRequired: false, AllowsNull: false })
            fields.Refuse("records without a value would all have the same one, and it is \"unique\": add \"required\" or \"allowNull\".");
        if (attribute is { IsUnique: true, Type: DefinedType.Json })
            fields.Refuse("JSON cannot be \"unique\": leave it out.");
        return attribute with { Initial = InitialOf(attribute, fields) };
    }

    private static string? InitialOf(AttributeDefinition attribute, Fields fields)
    {
        if (fields.Json("defaultsTo") is not { } given)
            return attribute.IsRequired || attribute.AllowsNull ? null : attribute.Type.BaseValue();
        if (given.ValueKind == JsonValueKind.Null)
        {
            if (!attribute.AllowsNull)
                fields.Refuse("\"defaultsTo\" is null, which the attribute does not allow: add \"allowNull\".");
            return null;
        }
        try
        {
            var value = DefinedRecord.Read(attribute.Type.ClrType(), given.GetRawText());
            foreach (var (rule, argument) in attribute.Rules)
            {
                if (Rule.All[rule].Prepare(JsonElement.Parse(argument))(value!) is { } complaint)
                    fields.Refuse($"\"defaultsTo\" breaks the attribute's own rule: it {complaint}.");
            }
        }
        catch (JsonException)
        {
            fields.Refuse($"\"defaultsTo\" is {given.GetRawText()}, which is no {attribute.Type.ToString().ToLowerInvariant()}.");
        }
        return given.GetRawText();
    }

    private static IEnumerable<(string, string)> RulesOf(DefinedType type, Fields fields)
    {
        foreach (var field in fields.Each())
        {
            if (!Rule.All.TryGetValue(field.Name, out var rule))
                continue;
            if (!rule.Types.Contains(type))
            {
                fields.Refuse($"\"{rule.Name}\" is for attributes of type {string.Join(", ", rule.Types).ToLowerInvariant()}.");
                continue;
            }
            if (rule.IsFlag && field.Value.ValueKind == JsonValueKind.False)
                continue;
            if (Misfit(rule, field.Value) is { } wrong)
                fields.Refuse($"\"{rule.Name}\" is {field.Value.GetRawText()}: it must be {wrong}.");
            else
                yield return (rule.Name, field.Value.GetRawText());
        }
    }

    private static string? Misfit(Rule rule, JsonElement argument)
    {
        try
        {
            rule.Prepare(argument);
            return null;
        }
        catch (RuleArgumentException wrong)
        {
            return wrong.Message;
        }
    }
}
