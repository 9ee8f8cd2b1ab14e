using Akka.Actor;
using BenchmarkDotNet.Attributes;
using Realtime.Actors.Rooms;
using Realtime.Actors.Serialization;

namespace Realtime.Micro;

/// <summary>What crosses nodes for a broadcast, and what a join writes into the journal.</summary>
[MemoryDiagnoser]
public class SerializerBenchmarks
{
    private readonly ActorSystem _system = ActorSystem.Create("micro");
    private RealtimeSerializer _serializer = null!;
    private Deliver _deliver = null!;
    private JoinRoom _join = null!;
    private FeedChanged _joins = null!;
    private byte[] _deliverBytes = null!;
    private byte[] _joinBytes = null!;
    private string _deliverManifest = null!;
    private string _joinManifest = null!;

    /// <summary>Makes the messages and their bytes.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _serializer = new RealtimeSerializer((ExtendedActorSystem)_system);
        _deliver = new Deliver(Examples.Feed, 1, Examples.Message(1));
        _join = new JoinRoom(Examples.Room, Examples.Socket(1), Examples.Node);
        _joins = new FeedChanged(
            [.. Enumerable.Range(0, 20).Select(i => new MemberJoined(Examples.Socket(i), Examples.Node, Examples.Now))]);
        (_deliverManifest, _deliverBytes) = (_serializer.Manifest(_deliver), _serializer.ToBinary(_deliver));
        (_joinManifest, _joinBytes) = (_serializer.Manifest(_join), _serializer.ToBinary(_join));
    }

    /// <summary>Once for each node that is not the room's own.</summary>
    [Benchmark]
    public byte[] WriteDeliver() => _serializer.ToBinary(_deliver);

    /// <summary>Once on such a node.</summary>
    [Benchmark]
    public object ReadDeliver() => _serializer.FromBinary(_deliverBytes, _deliverManifest);

    /// <summary>A join into a room of another node.</summary>
    [Benchmark]
    public byte[] WriteJoin() => _serializer.ToBinary(_join);

    /// <summary>The same, there.</summary>
    [Benchmark]
    public object ReadJoin() => _serializer.FromBinary(_joinBytes, _joinManifest);

    /// <summary>A journal row of twenty joins that came during one write.</summary>
    [Benchmark]
    public byte[] WriteTwentyJoins() => _serializer.ToBinary(_joins);

    /// <summary>Ends the actor system that the serializer belongs to.</summary>
    [GlobalCleanup]
    public Task End() => _system.Terminate();
}
