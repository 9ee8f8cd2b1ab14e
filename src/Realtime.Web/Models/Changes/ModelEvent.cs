namespace Realtime.Web.Models.Changes;

/// <summary>An event, ready for the outbox.</summary>
internal readonly record struct ModelEvent(ModelName Model, RecordId Record, Verb Verb, byte[] Envelope);
