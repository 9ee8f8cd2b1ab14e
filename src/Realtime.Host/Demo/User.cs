using System.ComponentModel.DataAnnotations;

namespace Realtime.Host.Demo;

/// <summary>A person of the demo.</summary>
public sealed class User
{
    public int Id { get; set; }

    [Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = string.Empty;

    [EmailAddress, StringLength(200)]
    public string? Email { get; set; }

    public ICollection<Pet> Pets { get; } = [];
}
