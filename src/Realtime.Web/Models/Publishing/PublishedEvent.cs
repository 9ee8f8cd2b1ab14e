using System.Text.Json;
using Realtime.Web.Topics;

namespace Realtime.Web.Models.Publishing;

/// <summary>An event of a model, as hooks get it (contract P-46).</summary>
public sealed class PublishedEvent
{
    private readonly Lazy<JsonElement> _envelope;

    internal PublishedEvent(TopicEvent happened, RecordId record)
    {
        (Model, Verb, Record, Omit, Key) = (happened.Model, happened.Verb, record, happened.Omit, happened.Key);
        _envelope = new(() => JsonElement.Parse(happened.Envelope.Span));
    }

    /// <summary>The model of the record.</summary>
    public ModelName Model { get; }

    /// <summary>What happened.</summary>
    public Verb Verb { get; }

    /// <summary>Which record.</summary>
    public RecordId Record { get; }

    /// <summary>The socket whose doing it is and which is not told, if there is one (D-10).</summary>
    public SocketId? Omit { get; }

    /// <summary>The same for each time that this event is told, and for no other; null where it was not in the outbox.</summary>
    public string? Key { get; }

    /// <summary>What sockets get (P-10 to P-15).</summary>
    public JsonElement Envelope => _envelope.Value;

    /// <summary>The new record, or what changed; null where the event has none.</summary>
    public JsonElement? Data => Find("data");

    /// <summary>The record as it was, where the event has it.</summary>
    public JsonElement? Previous => Find("previous");

    /// <summary>The collection that something came into, or left; null for other events.</summary>
    public string? Attribute => Find("attribute")?.GetString();

    /// <summary>The primary keys of what came into the collection, or left it.</summary>
    public IReadOnlyList<JsonElement> Others => (Find("addedIds") ?? Find("removedIds")) is { } ids ? [.. ids.EnumerateArray()] : [];

    private JsonElement? Find(string name) => Envelope.TryGetProperty(name, out var value) ? value : null;
}
