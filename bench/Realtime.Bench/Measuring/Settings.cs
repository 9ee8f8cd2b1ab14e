namespace Realtime.Bench.Measuring;

/// <summary>How much is measured.</summary>
internal sealed record Settings
{
    /// <summary>Members of the room.</summary>
    public int Connections { get; init; } = 2_000;

    /// <summary>Bytes of a broadcast's data.</summary>
    public int PayloadBytes { get; init; } = 64;

    /// <summary>How often each target is measured, in turn with the others.</summary>
    public int Repetitions { get; init; } = 3;

    /// <summary>Seconds of each measured window.</summary>
    public double Seconds { get; init; } = 6;

    /// <summary>Seconds of broadcasts before the first window, half of them eight in flight: compilers take their time.</summary>
    public double WarmUpSeconds { get; init; } = 8;

    /// <summary>Broadcasts that wait at once in the second window.</summary>
    public int InFlight { get; init; } = 8;

    /// <summary>Times that all connections join another room.</summary>
    public int JoinRounds { get; init; } = 20;

    /// <summary>Joins that wait for their acknowledgement at once: a service that comes up again is joined by everybody.</summary>
    public int JoinsAtOnce { get; init; } = 1_000;

    /// <summary>Rooms over which the spread joins go, new ones in each round.</summary>
    public int SpreadRooms { get; init; } = 1_000;

    /// <summary>Whether nothing but the CPU per delivery is of interest: for trying something out.</summary>
    public bool JustCpu { get; init; }

    /// <summary>CPUs of the servers, as taskset(1) takes them.</summary>
    public string ServerCpus { get; init; } = "0";

    /// <summary>CPU of the generator.</summary>
    public string GeneratorCpus { get; init; } = "1";
}
