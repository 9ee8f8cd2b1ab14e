using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Realtime.Web.Models.Definitions;

/// <summary>EF Core keeps one model for each class of contexts; here, it is one for each set of definitions.</summary>
internal sealed class DefinedModelKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (((DefinedContext)context).Models, designTime);
}
