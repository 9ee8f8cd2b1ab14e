using System.Globalization;
using System.Text.Json;

namespace Realtime.Client.Topics;

/// <summary>The id of a record: a number or a text. <c>7</c> and <c>"7"</c> are one id.</summary>
public readonly record struct RecordId
{
    private readonly string? _text;

    private RecordId(string text) => _text = text;

    /// <summary>From a number.</summary>
    public static implicit operator RecordId(int id) => FromInt64(id);

    /// <summary>From a number.</summary>
    public static implicit operator RecordId(long id) => FromInt64(id);

    /// <summary>From a text.</summary>
    public static implicit operator RecordId(string id) => FromString(id);

    /// <summary>From a GUID.</summary>
    public static implicit operator RecordId(Guid id) => FromGuid(id);

    /// <summary>From a number.</summary>
    public static RecordId FromInt64(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>From a text, which must not be empty.</summary>
    public static RecordId FromString(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new(id);
    }

    /// <summary>From a GUID.</summary>
    public static RecordId FromGuid(Guid id) => new(id.ToString());

    /// <summary>As the server says it.</summary>
    internal static RecordId Read(JsonElement json) => json.ValueKind == JsonValueKind.String ? new(json.GetString()!) : new(json.GetRawText());

    internal static string[] ToWire(IReadOnlyCollection<RecordId> ids) => [.. ids.Select(id => id.ToString())];

    /// <inheritdoc/>
    public override string ToString() => _text ?? string.Empty;
}
