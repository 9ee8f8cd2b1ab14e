using Akka.Configuration;
using Akka.Dispatch;

namespace Realtime.Actors.Dispatching;

/// <summary>Makes the executor of a dispatcher; the configuration names it.</summary>
/// <param name="config">The dispatcher's settings.</param>
/// <param name="prerequisites">What Akka gives to each.</param>
public sealed class FairExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    /// <inheritdoc/>
    public override ExecutorService Produce(string id) => new FairExecutor(id);
}
