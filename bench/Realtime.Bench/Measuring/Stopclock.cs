using System.Diagnostics;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Measuring;

/// <summary>Measures time that went by and CPU time that a target's processes used, from its creation on.</summary>
internal sealed class Stopclock(ProcessGroup servers)
{
    private readonly TimeSpan _cpu = servers.Cpu();
    private readonly long _start = Stopwatch.GetTimestamp();

    internal double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    internal double CpuMicroseconds => (servers.Cpu() - _cpu).TotalMicroseconds;
}
