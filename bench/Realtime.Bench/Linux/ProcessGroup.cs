using System.Globalization;

namespace Realtime.Bench.Linux;

/// <summary>The processes of one target, with their children: what is counted as "the server".</summary>
internal sealed class ProcessGroup
{
    private readonly int[] _pids;

    private ProcessGroup(int[] pids) => _pids = pids;

    /// <summary>These processes and all that descend from them at this moment.</summary>
    internal static ProcessGroup Of(IEnumerable<int> roots)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .ToDictionary(pid => pid, ParentOf);
        var found = new HashSet<int>(roots);
        while (parents.Any(entry => found.Contains(entry.Value) && found.Add(entry.Key)))
        {
        }

        return new ProcessGroup([.. found]);
    }

    /// <summary>
    /// CPU time of all threads, ended ones included: utime + stime of /proc/pid/stat, read through the process clock, which
    /// counts nanoseconds instead of ticks.
    /// </summary>
    internal TimeSpan Cpu() => _pids.Aggregate(TimeSpan.Zero, (sum, pid) => sum + CpuOf(pid));

    /// <summary>Resident memory.</summary>
    internal long ResidentBytes() => _pids.Sum(pid => Rollup(pid, "Rss:"));

    /// <summary>Memory that no other process shares: libraries and mapped files left out.</summary>
    internal long PrivateBytes() => _pids.Sum(pid => Rollup(pid, "Private_Clean:") + Rollup(pid, "Private_Dirty:"));

    private static int ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;       // ended while we looked
        }
    }

    private static unsafe TimeSpan CpuOf(int pid)
    {
        const int scheduled = 2;    // CPUCLOCK_SCHED of clock_getcpuclockid(3)
        var time = default(Libc.TimeSpec);
        Libc.Check(Libc.ClockGetTime((~pid << 3) | scheduled, &time), $"CPU clock of process {pid}");
        return TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100));
    }

    private static long Rollup(int pid, string field)
    {
        var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
