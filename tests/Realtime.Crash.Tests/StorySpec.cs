namespace Realtime.Crash.Tests;

/// <summary>The judge finds what it is there to find.</summary>
public sealed class StorySpec
{
    private static readonly Entry Back = new Entry.Back();
    private static readonly Entry Lost = new Entry.Told(false);
    private static readonly Entry Recovered = new Entry.Told(true);

    [Fact]
    public void A_whole_story_has_no_faults() => Assert.Empty(Faults(false, A(0), B(0), A(1), Back, A(2), B(1), Recovered, A(3)));

    [Fact]
    public void A_gap_is_one_unless_it_was_told()
    {
        Assert.Single(Faults(false, A(0), A(2)));
        Assert.Single(Faults(false, A(0), Back, A(2), Recovered));
        Assert.Single(Faults(false, Lost, A(0), A(2), Lost));
        Assert.Empty(Faults(false, A(0), Lost, A(2)));
        Assert.Empty(Faults(false, A(0), Back, A(2), Lost));
    }

    [Fact]
    public void A_message_that_comes_twice_is_one_unless_the_room_began_a_new_life_in_between()
    {
        Assert.Single(Faults(false, A(0), A(0)));
        Assert.Empty(Faults(false, A(0), Lost, A(0)));
        Assert.NotEmpty(Faults(true, A(0), Lost, A(0)));
    }

    [Fact]
    public void Messages_that_changed_places_are_some()
    {
        Assert.NotEmpty(Faults(false, A(1), A(0)));
        Assert.Single(Faults(false, B(0), A(0))); // of two publishers: their receipts tell the order
    }

    [Fact]
    public void A_durable_room_never_tells_of_a_loss() => Assert.Single(Faults(true, A(0), Lost, A(1)));

    private static Entry.Said A(int number) => new("a", number);

    private static Entry.Said B(int number) => new("b", number);

    private static IReadOnlyList<string> Faults(bool isDurable, params Entry[] entries) => new Story(
        entries,
        new Dictionary<Entry.Said, (long, long)> { [A(0)] = (1, 1), [B(0)] = (1, 2), [A(1)] = (1, 3), [A(2)] = (1, 4), [B(1)] = (1, 5), [A(3)] = (1, 6) },
        isDurable).Faults();
}
