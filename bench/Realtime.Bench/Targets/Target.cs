using Realtime.Bench.Measuring;

namespace Realtime.Bench.Targets;

/// <summary>Something that can be measured: how to install it, start it, and talk to it.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What tables and plots call it.</param>
internal abstract record Target(string Name, string Title)
{
    /// <summary>Whether joining is a call of its own, rather than part of connecting.</summary>
    internal virtual bool HasJoins => true;

    /// <summary>Whether all members see the broadcasts of several publishers in one order.</summary>
    internal virtual bool HasCommonOrder => true;

    /// <summary>Services that know nothing of each other, over which members are spread one by one.</summary>
    internal virtual int Services => 1;

    /// <summary>Whether it is measured at a point of a curve: at the first one at least, for comparison.</summary>
    internal virtual bool Covers(Curve curve, int x) =>
        x == curve.Points[0] || curve.Key == "connections" || (HasJoins && curve.Key != "nodes");

    /// <summary>Installs and builds what it needs, and says which version that is.</summary>
    internal abstract Task<string> PrepareAsync(Workplace place, CancellationToken stop);

    /// <summary>Starts its processes, until they take connections.</summary>
    internal abstract Task<RunningTarget> StartAsync(Workplace place, CancellationToken stop);
}
