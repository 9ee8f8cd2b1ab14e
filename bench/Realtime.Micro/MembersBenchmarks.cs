using BenchmarkDotNet.Attributes;

namespace Realtime.Micro;

/// <summary>A room's members: what a join and a leave change.</summary>
[MemoryDiagnoser]
public class MembersBenchmarks
{
    private Member _guest = null!;
    private Members _members = null!;

    /// <summary>Members of the room.</summary>
    [Params(100, 10_000)]
    public int Count { get; set; }

    /// <summary>Fills the room.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _members = Members.Of(Enumerable.Range(0, Count).Select(i => new Member(Examples.Socket(i), Examples.Node, Examples.Now)));
        _guest = new Member(Examples.Socket(Count), Examples.Node, Examples.Now);
    }

    /// <summary>One more comes and goes.</summary>
    [Benchmark]
    public Members ComeAndGo() => _members.With(_guest).Without(_guest.Socket);
}
