using System.Globalization;

namespace Realtime.Actors.Names;

/// <summary>
/// One run of one node: the number that the cluster gives each incarnation of an actor system. A process that is
/// started again at the same address is another node, so what belonged to the dead one is never taken for its own.
/// </summary>
public readonly record struct NodeId(int Incarnation) : IComparable<NodeId>
{
    /// <summary>Length of the written form.</summary>
    public const int TextLength = 8;

    /// <summary>Reads the written form: eight hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NodeId node)
    {
        node = default;
        if (text.Length != TextLength || !int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var uid))
            return false;
        node = new NodeId(uid);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(NodeId other) => Incarnation.CompareTo(other.Incarnation);

    /// <summary>Eight hexadecimal digits.</summary>
    public override string ToString() => Incarnation.ToString("x8", CultureInfo.InvariantCulture);
}
