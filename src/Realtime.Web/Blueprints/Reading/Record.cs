using System.Text.Json;
using Realtime.Web.Models;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Blueprints.Reading;

/// <summary>A record as it was read: values in the order of <see cref="Projection"/>.</summary>
internal sealed class Record(RecordShape shape, object?[] values)
{
    /// <summary>A record of which nothing is shown but its primary key.</summary>
    public static Record OfKey(ModelDescription model, IReadOnlyList<object?> key)
    {
        var shape = RecordShape.OfKey(model);
        return new Record(shape, [.. key, .. shape.Attributes.Select(attribute => key[PlaceOf(model, attribute)])]);
    }

    public RecordShape Shape { get; } = shape;

    public RecordId Id => Shape.Model.Key.Format(Key);

    public object?[] Key => values[..Shape.Model.Key.Properties.Count];

    /// <summary>The populated records, with their models.</summary>
    public IEnumerable<Record> Children
    {
        get
        {
            var at = values.Length - Shape.Populated.Count;
            foreach (var populated in Shape.Populated)
            {
                foreach (var child in ChildrenOf(populated, values[at++]))
                    yield return child;
            }
        }
    }

    public void Write(Utf8JsonWriter json, RecordJson writer)
    {
        var at = Shape.Model.Key.Properties.Count;
        json.WriteStartObject();
        foreach (var attribute in Shape.Attributes)
        {
            json.WritePropertyName(attribute.Name);
            writer.WriteValue(json, attribute, values[at++]);
        }
        foreach (var reference in Shape.References)
        {
            var key = values[at..(at += reference.Columns!.Count)];
            json.WritePropertyName(reference.Name);
            if (Array.Exists(key, part => part is null))
                json.WriteNullValue();
            else
                reference.Target.Key.Write(json, key);
        }
        foreach (var populated in Shape.Populated)
        {
            json.WritePropertyName(populated.Association.Name);
            WritePopulated(json, writer, populated, values[at++]);
        }
        json.WriteEndObject();
    }

    private static int PlaceOf(ModelDescription model, AttributeDescription attribute)
    {
        var place = 0;
        while (model.Key.Properties[place] != attribute.Column)
            place++;
        return place;
    }

    private static void WritePopulated(Utf8JsonWriter json, RecordJson writer, PopulatedShape populated, object? value)
    {
        if (populated.Association.IsPlural)
            json.WriteStartArray();
        else if (value is null)
            json.WriteNullValue();
        foreach (var child in ChildrenOf(populated, value))
            child.Write(json, writer);
        if (populated.Association.IsPlural)
            json.WriteEndArray();
    }

    private static IEnumerable<Record> ChildrenOf(PopulatedShape populated, object? value) => value switch
    {
        List<object?[]> many => many.Select(one => new Record(populated.Shape, one)),
        object?[] one => [new Record(populated.Shape, one)],
        _ => [],
    };
}
