namespace Realtime.Bench.Measuring;

/// <summary>A quantity that grows while everything else stays.</summary>
/// <param name="Key">Its name in files.</param>
/// <param name="Axis">What grows.</param>
/// <param name="Points">How far.</param>
/// <param name="At">The scene at a point.</param>
internal sealed record Curve(string Key, string Axis, IReadOnlyList<int> Points, Func<Scene, int, Scene> At)
{
    /// <summary>Connections, rooms, rooms per socket, nodes and payload.</summary>
    internal static IReadOnlyList<Curve> All { get; } =
    [
        new("connections", "Connections in the room", [500, 1_000, 2_000, 5_000, 10_000], (scene, x) => scene with { Connections = x }),
        new("rooms", "Rooms", [1, 100, 1_000, 10_000, 100_000], (scene, x) => scene with { SilentRooms = x - 1 }),
        new("rooms-per-socket", "Rooms per socket", [1, 10, 50], (scene, x) => scene with { RoomsPerSocket = x }),
        new("nodes", "Nodes, each with as much to do", [1, 2, 3], (scene, x) => scene with { Nodes = x, Connections = x * scene.Connections }),
        new("payload", "Bytes of data", [64, 256, 1_024, 4_096], (scene, x) => scene with { PayloadBytes = x }),
    ];
}
