using System.CommandLine;
using Realtime.Bench.Measuring;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Commands;

/// <summary>What all commands have in common: how much to measure, and where to write.</summary>
internal static class SharedOptions
{
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "A smoke run: 300 connections, one repetition, short windows.",
    };

    private static readonly Option<int?> Connections = new("--connections") { Description = "Members of the room (2,000)." };
    private static readonly Option<int?> Repetitions = new("--repetitions") { Description = "How often each target is measured (3)." };
    private static readonly Option<double?> Seconds = new("--seconds") { Description = "Length of each measured window (6)." };
    private static readonly Option<double?> WarmUp = new("--warm-up") { Description = "Seconds of broadcasts before the first window (8)." };
    private static readonly Option<int?> Payload = new("--payload") { Description = "Bytes of data in a broadcast (64)." };
    private static readonly Option<bool> JustCpu = new("--just-cpu") { Description = "Only CPU per delivery: no latencies, connects and joins." };
    private static readonly Option<string?> ServerCpus = new("--server-cpus") { Description = "CPUs of the servers (0)." };
    private static readonly Option<string?> Output = new("--output") { Description = "Folder for tables, JSON and plots." };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = $"Targets, with commas between them: {string.Join(", ", Catalog.All.Select(target => target.Name))}.",
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(','))],
    };

    /// <summary>The repository whose files are used.</summary>
    internal static string Repository { get; } =
        Environment.GetEnvironmentVariable("BENCH_REPOSITORY") ?? Environment.CurrentDirectory;

    internal static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Quick, Connections, Repetitions, Seconds, WarmUp, Payload, JustCpu, ServerCpus, Output, Only])
            command.Add(option);
    }

    /// <summary>The targets that were asked for, or these.</summary>
    internal static IReadOnlyList<Target> Targets(ParseResult parsed, IReadOnlyList<Target> usual) =>
        Names(parsed) is { Count: > 0 } names ? Catalog.Named(names) : usual;

    /// <summary>The names of the targets that were asked for; none for all.</summary>
    internal static IReadOnlyList<string> Names(ParseResult parsed) => parsed.GetValue(Only) ?? [];

    /// <summary>Where reports go: results of quick runs are kept apart, and out of version control.</summary>
    internal static string Folder(ParseResult parsed) =>
        parsed.GetValue(Output) ?? Path.Combine(Repository, "bench", "results", parsed.GetValue(Quick) ? "quick" : "");

    internal static Settings Settings(ParseResult parsed)
    {
        var usual = parsed.GetValue(Quick)
            ? new Settings { Connections = 300, Repetitions = 1, Seconds = 1, WarmUpSeconds = 2, JoinRounds = 2 }
            : new Settings();
        return usual with
        {
            Connections = parsed.GetValue(Connections) ?? usual.Connections,
            Repetitions = parsed.GetValue(Repetitions) ?? usual.Repetitions,
            Seconds = parsed.GetValue(Seconds) ?? usual.Seconds,
            PayloadBytes = parsed.GetValue(Payload) ?? usual.PayloadBytes,
            WarmUpSeconds = parsed.GetValue(WarmUp) ?? usual.WarmUpSeconds,
            JustCpu = parsed.GetValue(JustCpu),
            ServerCpus = parsed.GetValue(ServerCpus) ?? usual.ServerCpus,
            GeneratorCpus = Environment.GetEnvironmentVariable("BENCH_GENERATOR_CPUS") ?? usual.GeneratorCpus,
        };
    }
}
