using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Realtime.Actors.Names;

/// <summary>
/// The id of a socket: opaque to clients, new for every connection that does not resume an older one (contract G-3).
/// It begins with the node that the socket was born on, so that any node knows whom to ask for it without a
/// directory: <c>1f3a90bc.Kd93jfQpWm2xY7aZ</c>. The rest is 96 bits of randomness.
/// </summary>
public readonly record struct SocketId : IComparable<SocketId>
{
    private const int RandomBytes = 12;
    private const int RandomChars = 16;

    /// <summary>Length of every socket id, in characters (all of them ASCII).</summary>
    public const int TextLength = NodeId.TextLength + 1 + RandomChars;

    // Base64Url.IsValid would also take white space and padding, and a room of such a name would be taken for a socket.
    private static readonly SearchValues<char> RandomAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string? _value;

    private SocketId(string value) => _value = value;

    /// <summary>The id itself.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>The node that the socket was born on. It may have resumed elsewhere since.</summary>
    public NodeId Birthplace => NodeId.TryParse(Value.AsSpan(0, NodeId.TextLength), out var node) ? node : default;

    /// <summary>Makes a new id for a socket of <paramref name="node"/>.</summary>
    public static SocketId New(NodeId node) => new(string.Create(TextLength, node, static (span, node) =>
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        node.Incarnation.TryFormat(span, out _, "x8");
        span[NodeId.TextLength] = '.';
        Base64Url.EncodeToChars(random, span[(NodeId.TextLength + 1)..]);
    }));

    /// <summary>
    /// Whether a text has the form of a socket id. A room name of this form means that one socket (contract R-1), and
    /// never a room.
    /// </summary>
    public static bool TryParse(string? text, out SocketId id)
    {
        id = default;
        if (text is not { Length: TextLength } || text[NodeId.TextLength] != '.')
            return false;
        if (!NodeId.TryParse(text.AsSpan(0, NodeId.TextLength), out _) || text.AsSpan(NodeId.TextLength + 1).ContainsAnyExcept(RandomAlphabet))
            return false;
        id = new SocketId(text);
        return true;
    }

    /// <summary>Checks an id that came from outside.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidSocket"/></exception>
    public static SocketId Parse(string? text) => TryParse(text, out var id)
        ? id
        : throw new RealtimeException(ErrorCodes.InvalidSocket, "This is no socket id: pass the socketId that Hello() gave.");

    /// <summary>Takes an id that was checked before: from the journal or from another node.</summary>
    public static SocketId Trusted(string text) => new(text);

    /// <inheritdoc/>
    public int CompareTo(SocketId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
