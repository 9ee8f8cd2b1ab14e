using System.Collections.Concurrent;
using Akka.Dispatch;
using Realtime.Actors.Dispatching;

namespace Realtime.Actors.Tests.Dispatching;

public sealed class RoundSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FairExecutor _executor = new("rounds");
    private readonly BlockingCollection<string> _done = [];

    [Fact]
    public void Actors_run_in_the_order_in_which_they_were_told_and_then_what_they_have_put_off()
    {
        using (Round.Gather())
        {
            Tell("one", putsOff: true);
            Tell("two", putsOff: false);
            Tell("three", putsOff: true);
        }
        Assert.Equal(["one", "two", "three", "one's", "three's"], Take(5));
    }

    [Fact]
    public void Who_is_told_by_another_thread_meanwhile_does_not_wait_for_the_round()
    {
        using (Round.Gather())
        {
            Tell("one", putsOff: false);
            new Thread(() => Tell("other", putsOff: false)).Start();
            Assert.Equal(["other"], Take(1));
        }
        Assert.Equal(["one"], Take(1));
    }

    [Fact]
    public void Many_make_several_rounds()
    {
        const int many = (2 * Round.Size) + 1;
        using (Round.Gather())
        {
            for (var i = 0; i < many; i++)
                _executor.Execute(new ActionRunnable(() => Assert.True(Round.PutOff(new Work(() => _done.Add("done"))))));
        }
        Assert.Equal(many, Take(many).Length);
        Assert.Empty(_done);
    }

    [Fact]
    public void Who_is_told_within_goes_with_those_who_are_told_without()
    {
        using (Round.Gather())
        {
            Tell("one", putsOff: true);
            using (Round.Gather())
                Tell("two", putsOff: true);
            Tell("three", putsOff: true);
        }
        Assert.Equal(["one", "two", "three", "one's", "two's", "three's"], Take(6));
    }

    [Fact]
    public void Who_is_told_by_an_actor_of_a_round_is_not_of_it()
    {
        using (Round.Gather())
        {
            _executor.Execute(new ActionRunnable(() =>
            {
                _done.Add("teller");
                _executor.Execute(new ActionRunnable(() => _done.Add($"told: {Round.PutOff(new Work(() => { }))}")));
            }));
        }
        Assert.Equal(["teller", "told: False"], Take(2));
    }

    [Fact]
    public void Who_is_told_by_himself_runs_before_the_rounds_that_wait_for_a_thread()
    {
        const int rounds = 40; // more than the pool has threads while they wait for each other
        using var gate = new ManualResetEventSlim();
        using var single = new ManualResetEventSlim();
        using var underWay = new ManualResetEventSlim();
        using (Round.Gather())
        {
            for (var i = 0; i < rounds * Round.Size; i++)
            {
                var begins = i % Round.Size == 0;
                _executor.Execute(new ActionRunnable(() =>
                {
                    if (begins && !gate.IsSet)
                    {
                        underWay.Set();
                        _done.Add(gate.Wait(Patience) ? "under way" : "nothing");
                    }
                    else if (begins)
                        _done.Add(single.Wait(Patience / 5) ? "behind it" : "before it");
                }));
            }
        }
        Assert.True(underWay.Wait(Patience));
        _executor.Execute(new ActionRunnable(single.Set));
        gate.Set();
        Assert.All(Take(rounds), round => Assert.True(round is "under way" or "behind it", round));
    }

    [Fact]
    public void Who_runs_behind_a_round_does_not_find_the_context_of_the_one_before()
    {
        var local = new AsyncLocal<string?>();
        var (round, ranBehindIt) = (0, false);
        for (var tries = 0; !ranBehindIt; tries++) // another thread may have been quicker
        {
            Assert.True(tries < 100_000, "Nobody ran behind a round.");
            using (Round.Gather())
            {
                _executor.Execute(new ActionRunnable(() =>
                {
                    round = Environment.CurrentManagedThreadId;
                    Tell("first");
                    Tell("second");
                    local.Value = "the round's";
                }));
            }
            Assert.Equal(["first", "second"], Take(2).Order());
        }

        void Tell(string name) => _executor.Execute(new ActionRunnable(() =>
        {
            ranBehindIt |= name == "second" && Environment.CurrentManagedThreadId == round;
            _done.Add(local.Value ?? name);
            local.Value = "the one's before";
        }));
    }

    [Fact]
    public void Who_runs_by_himself_puts_nothing_off()
    {
        _executor.Execute(new ActionRunnable(() => _done.Add($"put off: {Round.PutOff(new Work(() => { }))}")));
        Assert.Equal(["put off: False"], Take(1));
        Assert.False(Round.PutOff(new Work(() => { })));
    }

    [Fact]
    public void What_is_put_off_cannot_be_put_off_again()
    {
        using (Round.Gather())
            _executor.Execute(new ActionRunnable(() => Round.PutOff(new Work(() => _done.Add($"again: {Round.PutOff(new Work(() => { }))}")))));
        Assert.Equal(["again: False"], Take(1));
    }

    [Fact]
    public void An_actor_does_not_find_the_context_of_the_one_before()
    {
        var local = new AsyncLocal<string?>();
        using (Round.Gather())
        {
            _executor.Execute(new ActionRunnable(() => local.Value = "the first one's"));
            _executor.Execute(new ActionRunnable(() =>
            {
                _done.Add(local.Value ?? "none");
                local.Value = "the last one's";
                Round.PutOff(new Work(() => _done.Add(local.Value ?? "none")));
            }));
        }
        Assert.Equal(["none", "none"], Take(2));
    }

    private void Tell(string name, bool putsOff) => _executor.Execute(new ActionRunnable(() =>
    {
        _done.Add(name);
        if (putsOff)
            Assert.True(Round.PutOff(new Work(() => _done.Add($"{name}'s"))));
    }));

    private string[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => _done.TryTake(out var next, Patience) ? next : "nothing")];

    private sealed class Work(Action work) : IThreadPoolWorkItem
    {
        public void Execute() => work();
    }
}
