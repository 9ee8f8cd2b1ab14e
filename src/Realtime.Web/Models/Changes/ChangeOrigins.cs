using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Models.Changes;

/// <summary>The origin of what a context saves, while somebody has said so.</summary>
internal sealed class ChangeOrigins
{
    private static readonly ChangeOrigin Unknown = new();

    private readonly ConditionalWeakTable<DbContext, ChangeOrigin> _byContext = [];

    public ChangeOrigin Of(DbContext context) => _byContext.TryGetValue(context, out var origin) ? origin : Unknown;

    /// <summary>States the origin of all that a context saves, until the result is disposed of.</summary>
    public IDisposable Begin(DbContext context, ChangeOrigin origin)
    {
        _byContext.TryGetValue(context, out var outer);
        _byContext.AddOrUpdate(context, origin);
        return new Scope(() =>
        {
            _byContext.Remove(context);
            if (outer is not null)
                _byContext.Add(context, outer);
        });
    }

    private sealed class Scope(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
