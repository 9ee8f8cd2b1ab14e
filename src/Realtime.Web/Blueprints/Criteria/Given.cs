using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Realtime.Actors;

namespace Realtime.Web.Blueprints.Criteria;

internal enum GivenKind { Null, Text, Number, Flag, List, Object }

/// <summary>A value as the caller wrote it, in a query string (text, or several texts) or in JSON.</summary>
internal readonly struct Given
{
    private readonly JsonElement _json;
    private readonly StringValues _texts;

    private Given(GivenKind kind, JsonElement json = default, StringValues texts = default) => (Kind, _json, _texts) = (kind, json, texts);

    public GivenKind Kind { get; }

    public bool IsBlank => Kind == GivenKind.Null || (Kind == GivenKind.Text && Text.Length == 0);

    public bool Flag => _json.ValueKind == JsonValueKind.True;

    /// <summary>The text, checked; of a number, its digits.</summary>
    /// <exception cref="RealtimeException">It is no text that a datastore can hold.</exception>
    public string Text => Kind switch
    {
        GivenKind.Number => _json.GetRawText(),
        GivenKind.Flag => Flag ? "true" : "false",
        _ => _json.ValueKind == JsonValueKind.String ? TextOf(_json) : Checked(_texts.ToString()),
    };

    public IEnumerable<Given> Items => _json.ValueKind == JsonValueKind.Array
        ? _json.EnumerateArray().Select(Of)
        : _texts.Select(text => Of(new StringValues(text)));

    public IEnumerable<(string Name, Given Value)> Members => _json.EnumerateObject().Select(member => (NameOf(member), Of(member.Value)));

    public static Given Of(StringValues texts) => new(texts.Count > 1 ? GivenKind.List : GivenKind.Text, texts: texts);

    public static Given Of(JsonElement json) => new(json.ValueKind switch
    {
        JsonValueKind.String => GivenKind.Text,
        JsonValueKind.Number => GivenKind.Number,
        JsonValueKind.True or JsonValueKind.False => GivenKind.Flag,
        JsonValueKind.Array => GivenKind.List,
        JsonValueKind.Object => GivenKind.Object,
        _ => GivenKind.Null,
    }, json);

    /// <summary>Reads JSON that stands in a text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Given Parse(string text) => Of(JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 256 }));

    /// <summary>The whole number that this is, or says; null for anything else.</summary>
    public decimal? AsWhole() => AsDecimal() is { } number && number == decimal.Truncate(number) ? number : null;

    /// <summary>The number that this is, or says; null for anything else.</summary>
    public decimal? AsDecimal() => Kind is GivenKind.Number or GivenKind.Text
        && decimal.TryParse(Text, Numeric, CultureInfo.InvariantCulture, out var number) ? number : null;

    public const NumberStyles Numeric = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>What it is, for a sentence.</summary>
    public override string ToString() => Kind switch
    {
        GivenKind.Null => "null",
        GivenKind.List => "a list",
        GivenKind.Object => "an object",
        GivenKind.Text => CriteriaCodes.Quote(Text),
        _ => Text,
    };

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return Checked(member.Name);
        }
        catch (InvalidOperationException e)     // an escaped half of a surrogate pair
        {
            throw Malformed(e);
        }
    }

    private static string TextOf(JsonElement json)
    {
        try
        {
            return Checked(json.GetString()!);
        }
        catch (InvalidOperationException e)
        {
            throw Malformed(e);
        }
    }

    // PostgreSQL holds no U+0000 in a text, SQLite ends a LIKE there, and half of a surrogate pair has no UTF-8.
    private static string Checked(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
                throw Malformed();
            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
                throw Malformed();
        }
        return text;
    }

    private static RealtimeException Malformed(Exception? inner = null) =>
        CriteriaCodes.Refuse("A text in the criteria must be well-formed Unicode without U+0000.", inner);
}
