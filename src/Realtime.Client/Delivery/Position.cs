namespace Realtime.Client.Delivery;

/// <summary>A place in what a room has said.</summary>
/// <param name="Epoch">The life of the room that the number belongs to; later epochs are larger.</param>
/// <param name="Seq">The number of a message.</param>
public readonly record struct Position(long Epoch, long Seq)
{
    internal bool IsAfter(Position other) => Epoch == other.Epoch ? Seq > other.Seq : Epoch > other.Epoch;
}

/// <summary>A position in a feed: a room, or a part of a topic by the server's name for it. As it goes over the wire.</summary>
internal sealed record Place(string Room, long Epoch, long Seq)
{
    public Position Position => new(Epoch, Seq);
}
