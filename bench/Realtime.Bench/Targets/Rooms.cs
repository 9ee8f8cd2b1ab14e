namespace Realtime.Bench.Targets;

/// <summary>Names of the rooms that are used.</summary>
internal static class Rooms
{
    /// <summary>The room that all members are in.</summary>
    internal const string Main = "lobby";

    /// <summary>A room that nobody is in.</summary>
    internal const string Empty = "nobody";

    /// <summary>The rooms that get broadcasts, from <see cref="Main"/> on.</summary>
    internal static string Numbered(int number) => number == 0 ? Main : $"{Main}-{number}";

    /// <summary>One new room for all members in each round.</summary>
    internal static string OneFor(int round, int member) => $"join-{round}";

    /// <summary>So many new rooms in each round, members spread over them.</summary>
    internal static Func<int, int, string> SpreadOver(int rooms) => (round, member) => $"spread-{round}-{member % rooms}";
}
