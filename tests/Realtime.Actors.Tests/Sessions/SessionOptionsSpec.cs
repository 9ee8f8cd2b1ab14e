using Realtime.Actors.Sessions;

namespace Realtime.Actors.Tests.Sessions;

public sealed class SessionOptionsSpec
{
    [Theory]
    [InlineData(5, 2, 3)]
    [InlineData(1, 0.4, 3)]
    [InlineData(0.001, 0.02, 3)]
    [InlineData(12, 2, 6)]
    [InlineData(60, 2, 30)]
    public void A_session_asks_again_at_a_pace_that_suits_how_long_feeds_have_to_answer(double answerWithin, double askAgainAfter, int attempts)
    {
        var options = new SessionOptions().Within(TimeSpan.FromSeconds(answerWithin));
        Assert.Equal((TimeSpan.FromSeconds(askAgainAfter), attempts), (options.AskAgainAfter, options.Attempts));
    }

    /// <summary>Who asked it waits twice as long as a feed has.</summary>
    [Theory, InlineData(0.2), InlineData(1), InlineData(5), InlineData(7), InlineData(60), InlineData(86_400)]
    public void It_gives_up_after_the_feed_had_its_time_and_before_who_asked_it_gives_up(double answerWithin)
    {
        var (time, options) = (TimeSpan.FromSeconds(answerWithin), new SessionOptions().Within(TimeSpan.FromSeconds(answerWithin)));
        Assert.True(options.Attempts * options.AskAgainAfter >= time);
        Assert.True((options.Attempts + 1) * options.AskAgainAfter < 2 * time);
    }

    [Fact]
    public void The_default_is_what_suits_the_default()
    {
        var options = new SessionOptions();
        Assert.Equal(options, options.Within(TimeSpan.FromSeconds(5)));
        Assert.True(options.Within(TimeSpan.MaxValue).Attempts > 3);
    }
}
