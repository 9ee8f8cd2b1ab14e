using Realtime.Actors.Names;
using Akka.Actor;
using Realtime.Actors.Feeds;
using Realtime.Actors.Rooms;

namespace Realtime.Rooms;

/// <summary>Joins rooms, with many joins under way at a time, and says when all are acknowledged.</summary>
internal sealed class Crowd : UntypedActor
{
    private readonly IActorRef _rooms;
    private readonly NodeId _node;
    private readonly Func<int, RoomName> _roomOf;
    private readonly int _joins;
    private readonly TaskCompletionSource _done;

    private int _sent;
    private int _acknowledged;

    /// <summary>Begins. Each join is by another socket.</summary>
    public Crowd(IActorRef rooms, NodeId node, Func<int, RoomName> roomOf, int joins, int underWay, TaskCompletionSource done)
    {
        (_rooms, _node, _roomOf, _joins, _done) = (rooms, node, roomOf, joins, done);
        for (var i = 0; i < Math.Min(underWay, joins); i++)
            Join();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Joined:
                _acknowledged++;
                if (_sent < _joins)
                    Join();
                if (_acknowledged < _joins)
                    break;
                _done.SetResult();
                Context.Stop(Self);
                break;
            case MemberRefused refused:
                _done.TrySetException(new InvalidOperationException($"{refused.Code}: {refused.Reason}"));
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Join()
    {
        _rooms.Tell(new JoinRoom(_roomOf(_sent), SocketId.New(_node), _node), Self);
        _sent++;
    }
}
