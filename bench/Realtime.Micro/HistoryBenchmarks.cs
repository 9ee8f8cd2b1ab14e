using BenchmarkDotNet.Attributes;

namespace Realtime.Micro;

/// <summary>What a room keeps for those who missed something: one more on top of a full one, and the tail of it.</summary>
[MemoryDiagnoser]
public class HistoryBenchmarks
{
    private const int Missed = 10;

    private readonly HistoryOptions _options = new();
    private History _turning = null!;
    private History _still = null!;
    private Envelope _message = null!;

    /// <summary>Fills them.</summary>
    [GlobalSetup]
    public void Fill()
    {
        (_turning, _still) = (new History(_options), new History(_options));
        for (var seq = 1; seq <= _options.MaxMessages; seq++)
        {
            _message = Examples.Message(seq);
            _turning.Add(_message, Examples.Now);
            _still.Add(_message, Examples.Now);
        }
    }

    /// <summary>Each broadcast does this once.</summary>
    [Benchmark]
    public void Add() => _turning.Add(_message, Examples.Now);

    /// <summary>Somebody comes back who missed ten of them.</summary>
    [Benchmark]
    public IReadOnlyList<Envelope> ReplayTen() => _still.After(_options.MaxMessages - Missed);
}
