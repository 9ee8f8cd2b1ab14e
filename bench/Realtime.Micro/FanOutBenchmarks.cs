using Akka.Actor;
using Akka.Configuration;
using BenchmarkDotNet.Attributes;
using Realtime.Actors;
using Realtime.Actors.Cluster;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Micro;

/// <summary>
/// A broadcast from the relay through the session of each member to its connection, which takes it at once: what a delivery costs
/// beside the kernel's part.
/// </summary>
[MemoryDiagnoser]
public class FanOutBenchmarks
{
    private const long Epoch = 1;

    private ActorSystem _system = null!;
    private IActorRef _relay = null!;
    private TaskCompletionSource _all = new();
    private int _missing;
    private long _seq;

    /// <summary>Members of the room.</summary>
    [Params(500, 2_000, 10_000)]
    public int Members { get; set; }

    /// <summary>Lets them join.</summary>
    [GlobalSetup]
    public Task Join()
    {
        _system = ActorSystem.Create("fan-out", ConfigurationFactory.ParseString("akka.loglevel = WARNING").WithFallback(Hocon.Read("reference")));
        var nodes = ClusterNodes.Of(_system);
        _relay = _system.ActorOf(Props.Create(() => new RelayActor(ActorRefs.Nobody, ActorRefs.Nobody, new Turns(TimeProvider.System))));
        for (var i = 0; i < Members; i++)
        {
            var socket = Examples.Socket(i);
            var connection = new Connection(this);
            var session = _system.ActorOf(Props.Create(() => new SocketSessionActor(socket, null, new SessionOptions(), nodes, TimeProvider.System)));
            session.Tell(new Attach(connection));
            _relay.Tell(new PassOn(new JoinRoom(Examples.Room, socket, nodes.Self, 1), session, connection.Format));
            _relay.Tell(new Joined(Examples.Feed, socket, 1, new Position(Epoch, 0), Members));
        }

        return Broadcast();
    }

    /// <summary>One broadcast, until all have it.</summary>
    [Benchmark]
    public Task Broadcast()
    {
        _all = new TaskCompletionSource();
        Volatile.Write(ref _missing, Members);
        _relay.Tell(new Deliver(Examples.Feed, Epoch, Examples.Message(++_seq)));
        return _all.Task;
    }

    /// <summary>Ends the actors.</summary>
    [GlobalCleanup]
    public Task End() => _system.Terminate();

    private sealed class Connection(FanOutBenchmarks all) : ISocketTransport
    {
        public FrameFormat Format => Bytes.Format;

        public ValueTask WriteAsync(Frame frame)
        {
            if (Interlocked.Decrement(ref all._missing) == 0)
                all._all.SetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteAsync(IReadOnlyList<Frame> frames) => throw new NotSupportedException("One message waits at a time.");

        public void Close(CloseReason reason)
        {
        }
    }

    private sealed class Bytes : FrameFormat
    {
        public static readonly Bytes Format = new();

        private static readonly Frame OfAll = new Sized();

        public override Frame Encode(FeedId feed, long epoch, ReadOnlySpan<Envelope> messages) => OfAll;

        public override Frame EncodeDirect(EventName name, ReadOnlyMemory<byte> data) => OfAll;

        public override Frame EncodeMissed(FeedId feed, Position position) => OfAll;

        private sealed class Sized : Frame
        {
            public override int Length => 100;
        }
    }
}
