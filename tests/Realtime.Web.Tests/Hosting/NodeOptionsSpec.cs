using Realtime.Web.Hosting;

namespace Realtime.Web.Tests.Hosting;

public sealed class NodeOptionsSpec
{
    [Theory, InlineData(1, 0.4, 3), InlineData(5, 2, 3), InlineData(30, 2, 15)]
    public void Sessions_follow_how_long_a_caller_waits_for_a_room(double answerWithin, double askAgainAfter, int attempts)
    {
        var sessions = AddRealtimeNodeExtensions.ToActors(new RealtimeOptions { AnswerWithin = TimeSpan.FromSeconds(answerWithin) }).Sessions;
        Assert.Equal((TimeSpan.FromSeconds(askAgainAfter), attempts), (sessions.AskAgainAfter, sessions.Attempts));
    }
}
