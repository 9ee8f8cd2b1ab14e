namespace Realtime.Bench.Targets;

/// <summary>Names of the rooms that are used.</summary>
internal static class Rooms
{
    /// <summary>The room that all members are in.</summary>
    internal const string Main = "lobby";
}
