namespace Realtime.Bench.Measuring;

/// <summary>A situation whose cost per delivery is compared with others.</summary>
internal sealed record Scene
{
    /// <summary>Members of each room that gets broadcasts.</summary>
    public int Connections { get; init; } = 2_000;

    /// <summary>Rooms that every member is in, and that get broadcasts one after the other.</summary>
    public int RoomsPerSocket { get; init; } = 1;

    /// <summary>Further rooms, spread over the members, that are silent.</summary>
    public int SilentRooms { get; init; }

    /// <summary>Nodes that the members are spread over. So many times as many broadcasts are in flight.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Bytes of a broadcast's data.</summary>
    public int PayloadBytes { get; init; } = 64;
}
