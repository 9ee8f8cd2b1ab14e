using FsCheck.Xunit;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Delivery;

public sealed class SequencerSpec
{
    private static readonly DateTimeOffset Noon = Support.ActorSpec.Noon;
    private static readonly Position Start = Position.Start(Noon);

    [Property]
    public void History_never_exceeds_a_bound_and_keeps_the_newest(byte[] sizes, byte maxMessages, ushort maxBytes)
    {
        var options = new HistoryOptions { MaxMessages = maxMessages, MaxBytes = maxBytes, MaxAge = TimeSpan.FromSeconds(100) };
        var history = new History(options);
        for (var i = 0; i < sizes.Length; i++)
        {
            history.Add(Said(i + 1, sizes[i]), Noon.AddSeconds(i));
            Assert.True(history.Count <= maxMessages && history.Weight <= maxBytes);
            Assert.All(history.All, kept => Assert.True(Noon.AddSeconds(i) - kept.At <= options.MaxAge));
            Assert.Equal(Enumerable.Range((int)history.ReachesBackTo + 1, history.Count).Select(seq => (long)seq), history.After(0).Select(message => message.Seq));
            Assert.Equal(i + 1, history.ReachesBackTo + history.Count);
        }
    }

    [Property]
    public void Since_gives_all_that_follows_or_says_that_it_cannot(byte said, byte kept, byte seen)
    {
        var sequencer = new Sequencer(Start, new HistoryOptions { MaxMessages = kept });
        for (var seq = 1; seq <= said; seq++)
            sequencer.Take(Said(seq), Noon);
        var missed = sequencer.Since(Start with { Seq = seen }, Noon)?.Select(message => message.Seq);
        if (seen > said || seen < said - kept)
            Assert.Null(missed);
        else
            Assert.Equal(Enumerable.Range(seen + 1, said - seen).Select(seq => (long)seq), missed);
    }

    [Fact]
    public void Another_epoch_is_never_recovered_from() =>
        Assert.Null(new Sequencer(Start, new()).Since(Start with { Epoch = Start.Epoch - 1 }, Noon));

    [Fact]
    public void A_number_out_of_order_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Sequencer(Start, new()).Take(Said(2), Noon));

    [Property]
    public void A_rested_feed_goes_on_as_if_it_had_not(byte said, byte kept)
    {
        var options = new HistoryOptions { MaxMessages = kept };
        var sequencer = new Sequencer(Start, options);
        for (var seq = 1; seq <= said; seq++)
            sequencer.Take(Said(seq), Noon);
        var woken = Sequencer.Continue(sequencer.Rest(Noon, []), options);
        Assert.Equal(sequencer.Position, woken.Position);
        Assert.Equal(sequencer.History.ReachesBackTo, woken.History.ReachesBackTo);
        Assert.Equal(sequencer.History.After(0), woken.History.After(0));
    }

    [Property]
    public void Only_the_last_receipts_are_kept_and_the_first_of_a_key_counts(byte[] keys, byte capacity)
    {
        var window = new IdempotencyWindow<int>(capacity);
        var order = new List<byte>();
        for (var i = 0; i < keys.Length; i++)
        {
            window.Keep(keys[i].ToString(), i);
            window.Trim();
            if (capacity > 0 && !order.Contains(keys[i]))
                order.Add(keys[i]);
            if (order.Count > capacity)
                order.RemoveAt(0);
        }
        for (var key = 0; key < 256; key++)
            Assert.Equal(order.Contains((byte)key), window.TryGet(key.ToString(), out _));
        Assert.False(window.TryGet(null, out _));
    }
}
