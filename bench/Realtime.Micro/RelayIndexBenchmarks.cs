using Akka.Actor;
using BenchmarkDotNet.Attributes;

namespace Realtime.Micro;

/// <summary>A relay's record of one room: the walk that each broadcast takes, and members who come and go meanwhile.</summary>
[MemoryDiagnoser]
public class RelayIndexBenchmarks
{
    private RelayFeed _room = null!;
    private Actors.Delivery.Envelope _message = null!;
    private LocalMember _guest = null!;

    /// <summary>Members of the room on this node.</summary>
    [Params(100, 2_000, 50_000)]
    public int Members { get; set; }

    /// <summary>Fills the room.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _room = new RelayFeed(Examples.Feed);
        for (var i = 0; i < Members; i++)
            _room.Add(new LocalMember(Examples.Socket(i), ActorRefs.Nobody, null!), hearsAll: true);
        _message = Examples.Message(1);
        _guest = new LocalMember(Examples.Socket(Members), ActorRefs.Nobody, null!);
    }

    /// <summary>Looks at everybody who is to be told.</summary>
    [Benchmark]
    public int Walk()
    {
        var told = 0;
        foreach (var member in _room.AudienceOf(_message)!.Members)
        {
            if (!member.Gone)
                told++;
        }

        return told;
    }

    /// <summary>One more comes and goes.</summary>
    [Benchmark]
    public void ComeAndGo()
    {
        _guest.Gone = false;
        _room.Add(_guest, hearsAll: true);
        _room.Remove(_guest.Socket);
    }
}
