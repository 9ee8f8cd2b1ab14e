using System.Collections.Frozen;
using Akka.Actor;
using Akka.Serialization;

namespace Realtime.Actors.Serialization;

/// <summary>Writes every message that crosses a node, and every event, as Protocol Buffers with a manifest.</summary>
public sealed class RealtimeSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly Codec[] Codecs = [.. JournalCodecs.All, .. FeedCodecs.All, .. RelayCodecs.All, .. SocketCodecs.All];

    private static readonly FrozenDictionary<Type, Codec> ByType = Codecs.ToFrozenDictionary(codec => codec.Type);

    private static readonly FrozenDictionary<string, Codec> ByManifest = Codecs.ToFrozenDictionary(codec => codec.Manifest);

    /// <summary>Stands in the journal beside every row: never to be changed.</summary>
    public override int Identifier => 20260;

    /// <summary>The types that this serializer takes.</summary>
    public static IEnumerable<Type> Types => ByType.Keys;

    /// <summary>The manifests that this serializer reads.</summary>
    public static IEnumerable<string> Manifests => ByManifest.Keys;

    /// <inheritdoc/>
    public override string Manifest(object o) => CodecOf(o).Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => CodecOf(obj).Write(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => ByManifest.TryGetValue(manifest, out var codec)
        ? codec.Read(bytes)
        : throw new NotSupportedException($"No message has the manifest \"{manifest}\": it is of a later version.");

    private static Codec CodecOf(object message) => ByType.TryGetValue(message.GetType(), out var codec)
        ? codec
        : throw new NotSupportedException($"{message.GetType().Name} has no codec.");
}
