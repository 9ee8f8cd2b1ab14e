using BenchmarkDotNet.Attributes;
using Realtime.Web.Hubs;

namespace Realtime.Micro;

/// <summary>Encoding what waits for a room: once for each protocol on a node, however many members there are.</summary>
[MemoryDiagnoser]
public class FrameEncoderBenchmarks
{
    private Envelope[] _messages = null!;

    /// <summary>Messages that wait.</summary>
    [Params(1, 8)]
    public int Messages { get; set; }

    /// <summary>Makes them.</summary>
    [GlobalSetup]
    public void Prepare() => _messages = [.. Enumerable.Range(1, Messages).Select(seq => Examples.Message(seq))];

    /// <summary>For stock clients.</summary>
    [Benchmark]
    public Frame Json() => JsonFormat.Levels[0].Encode(Examples.Feed, 1, _messages);

    /// <summary>For clients that keep positions.</summary>
    [Benchmark]
    public Frame JsonEnveloped() => JsonFormat.Levels[1].Encode(Examples.Feed, 1, _messages);

    /// <summary>For stock clients with MessagePack.</summary>
    [Benchmark]
    public Frame MessagePack() => MessagePackFormat.Levels[0].Encode(Examples.Feed, 1, _messages);
}
