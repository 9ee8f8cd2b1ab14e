using BenchmarkDotNet.Attributes;
using Realtime.Actors.Sessions;

namespace Realtime.Micro;

/// <summary>What waits for a slow connection.</summary>
[MemoryDiagnoser]
public class OutboxBenchmarks
{
    private readonly Outbox _outbox = new(new SessionOptions());
    private readonly Frame _frame = new Bytes();

    /// <summary>Frames that wait already.</summary>
    [Params(0, 1_000)]
    public int Waiting { get; set; }

    /// <summary>Lets them wait.</summary>
    [GlobalSetup]
    public void Fill()
    {
        for (var i = 0; i < Waiting; i++)
            _outbox.Add(_frame);
    }

    /// <summary>A frame comes, and the oldest goes out.</summary>
    [Benchmark]
    public Frame AddAndTake()
    {
        _outbox.Add(_frame);
        return _outbox.Take();
    }

    private sealed class Bytes : Frame
    {
        public override int Length => 100;
    }
}
