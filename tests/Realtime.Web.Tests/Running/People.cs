using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Realtime.Web.Blueprints;
using Realtime.Web.Models;

namespace Realtime.Web.Tests.Running;

/// <summary>An ordinary context.</summary>
public sealed class People(DbContextOptions<People> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Diary> Diaries => Set<Diary>();
}

public sealed class User
{
    public int Id { get; set; }

    public string Name { get; set; } = string.Empty;
}

/// <summary>A record that exists for its owner only, and for nobody who does not say who he is.</summary>
public sealed class Diary
{
    public int Id { get; set; }

    [DecidesReaders]
    public string Owner { get; set; } = string.Empty;

    public string Text { get; set; } = string.Empty;
}

/// <summary>Who somebody is, is in the cookie <c>name</c>.</summary>
internal sealed class Owners : IModelPolicy
{
    public ValueTask<bool> AllowsAsync(ModelAction action, ModelDescription model, HttpContext request) => new(NameOf(request) is not null);

    public LambdaExpression? Readable(ModelDescription model, HttpContext request)
    {
        var name = NameOf(request);
        Expression<Func<Diary, bool>> own = diary => diary.Owner == name;
        return name == "editor" ? null : own;
    }

    private static string? NameOf(HttpContext request) => request.Request.Cookies["name"];
}
