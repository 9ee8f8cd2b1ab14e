namespace Realtime.Host;

/// <summary>The service from its start to its end.</summary>
internal static class Running
{
    /// <summary>Runs until it is told to end, which may be before it is there: that is an end like any other.</summary>
    public static async Task RunToTheEndAsync(this WebApplication app)
    {
        await using (app)
        {
            try
            {
                await app.StartAsync();
            }
            catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await app.StopAsync(); // what has begun already ends in order: the node leaves its cluster
                return;
            }
            await app.WaitForShutdownAsync();
        }
    }
}
