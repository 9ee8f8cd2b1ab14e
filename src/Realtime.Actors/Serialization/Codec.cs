using Google.Protobuf;

namespace Realtime.Actors.Serialization;

/// <summary>How one type of message is written and read. The manifest carries its version.</summary>
internal sealed class Codec
{
    private readonly Func<object, IMessage> _write;
    private readonly Func<byte[], object> _read;

    private Codec(Type type, string manifest, Func<object, IMessage> write, Func<byte[], object> read) =>
        (Type, Manifest, _write, _read) = (type, manifest, write, read);

    public Type Type { get; }

    public string Manifest { get; }

    public static Codec For<T, TProto>(string manifest, MessageParser<TProto> parser, Func<T, TProto> write, Func<TProto, T> read)
        where T : notnull
        where TProto : IMessage<TProto> =>
        new(typeof(T), manifest, message => write((T)message), bytes => read(parser.ParseFrom(bytes)));

    public byte[] Write(object message) => _write(message).ToByteArray();

    public object Read(byte[] bytes) => _read(bytes);
}
