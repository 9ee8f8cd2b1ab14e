namespace Realtime.Bench.Targets;

/// <summary>Everything that can be measured.</summary>
internal static class Catalog
{
    /// <summary>In the order in which a repetition measures them. SignalR comes first: its saturation sets the common rate.</summary>
    internal static IReadOnlyList<Target> All { get; } =
    [
        new SignalRTarget("signalr", "SignalR", HubProtocol.Json),
        new SignalRTarget("signalr-msgpack", "SignalR, MessagePack", HubProtocol.MessagePack),
        new SignalRRedisTarget(),
        new SocketIoTarget(),
        new SailsTarget(),
        new NchanTarget(),
        new CTarget("c-loop", "C, send loop", "loop"),
        new CTarget("c-coalesce", "C, coalescing", "coalesce"),
    ];

    /// <summary>Servers with a fault, for the self check.</summary>
    internal static IReadOnlyList<Target> Faulty { get; } =
    [
        new CTarget("c-drop", "C, drops", "drop"),
        new CTarget("c-double", "C, doubles", "double"),
        new CTarget("c-swap", "C, swaps", "swap"),
    ];

    /// <exception cref="LoadException">A name that nothing has.</exception>
    internal static IReadOnlyList<Target> Named(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return All;
        var known = All.Concat(Faulty).ToDictionary(target => target.Name);
        var unknown = names.FirstOrDefault(name => !known.ContainsKey(name));
        return unknown is null
            ? [.. All.Concat(Faulty).Where(target => names.Contains(target.Name))]
            : throw new LoadException($"There is no target {unknown}. There are: {string.Join(", ", known.Keys)}");
    }
}
