using Akka.Serialization;

namespace Realtime.Actors.Persistence;

/// <summary>What the journal and the snapshot store have in common: something of a feed in bytes, under a number.</summary>
/// <param name="PersistenceId">The feed.</param>
/// <param name="Number">Its number; a later one has a higher.</param>
/// <param name="Created">When it was written, in ticks.</param>
/// <param name="Bytes">What was written.</param>
/// <param name="Serializer">Who wrote the bytes.</param>
/// <param name="Manifest">And what they are.</param>
internal sealed record StoredRow(string PersistenceId, long Number, long Created, byte[] Bytes, int Serializer, string Manifest)
{
    /// <summary>Writes a row as Akka.Persistence.Sql reads it.</summary>
    public static StoredRow Of(string persistenceId, long number, DateTime created, object content, Akka.Serialization.Serialization serialization)
    {
        var serializer = serialization.FindSerializerFor(content);
        return new(
            persistenceId, number, created.Ticks, serializer.ToBinary(content), serializer.Identifier,
            Akka.Serialization.Serialization.ManifestFor(serializer, content));
    }
}
