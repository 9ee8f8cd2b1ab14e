
namespace Realtime.Web.Topics;

/// <summary>
/// Something that happened to a record, ready for the sockets that care. The verb decides who hears it: the watchers
/// of the model for <see cref="Verb.Created"/> (who are then subscribed to the new record, contract P-31), the
/// record's subscribers for the rest; after <see cref="Verb.Destroyed"/> the record has no subscribers (P-32).
/// </summary>
/// <param name="Model">The model of the record; also the name of the event that clients get.</param>
/// <param name="Verb">What happened.</param>
/// <param name="Record">Which record; null means none in particular, and is for the watchers.</param>
/// <param name="Envelope">What clients get, as UTF-8 JSON: <c>{"verb":"created","id":7,"data":{…}}</c> (P-10 to P-16).</param>
/// <param name="Omit">The socket that caused it, if it shall not hear of it (D-10).</param>
/// <param name="Key">The same for each attempt to publish this event, so that a retry counts once.</param>
public sealed record TopicEvent(
    ModelName Model,
    Verb Verb,
    RecordId? Record,
    ReadOnlyMemory<byte> Envelope,
    SocketId? Omit = null,
    string? Key = null);
