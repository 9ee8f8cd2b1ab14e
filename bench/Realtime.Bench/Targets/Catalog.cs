namespace Realtime.Bench.Targets;

/// <summary>Everything that can be measured.</summary>
internal static class Catalog
{
    /// <summary>The one that does everything right and nothing else.</summary>
    internal static Target Sound { get; } = new CTarget("c-coalesce", "C, coalescing", "coalesce");

    /// <summary>In the order in which a repetition measures them. SignalR comes first: its saturation sets the common rate.</summary>
    internal static IReadOnlyList<Target> All { get; } =
    [
        new SignalRTarget("signalr", "SignalR", HubProtocol.Json),
        RealtimeTarget.Plain,
        RealtimeTarget.Plain with { Name = "realtime-enveloped", Title = "Realtime, enveloped", Enveloped = true },
        RealtimeTarget.Plain with { Name = "realtime-msgpack", Title = "Realtime, MessagePack", Protocol = HubProtocol.MessagePack },
        RealtimeTarget.Plain with { Name = "realtime-hub", Title = "Realtime, from the hub", FromHub = true },
        new SignalRTarget("signalr-msgpack", "SignalR, MessagePack", HubProtocol.MessagePack),
        new SignalRRedisTarget(),
        new SocketIoTarget(),
        new SailsTarget(),
        new NchanTarget(),
        new CTarget("c-loop", "C, send loop", "loop"),
        Sound,
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
        Target[] all = [.. All, RealtimeTarget.Apart];
        var unknown = names.FirstOrDefault(name => all.All(target => target.Name != name));
        return unknown is null
            ? [.. all.Where(target => names.Contains(target.Name))]
            : throw new LoadException($"There is no target {unknown}. There are: {string.Join(", ", all.Select(target => target.Name))}");
    }
}
