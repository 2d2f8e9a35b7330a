using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation.Observables;

public sealed class CollectionTests
{
    private readonly Holder _holder = new();
    private readonly Calls _calls = new();

    [Fact]
    public void Added_calls_for_what_is_there_and_for_what_comes()
    {
        _holder.List.Insert("a", "apple");
        Late.Call(_holder.Things, "added", _calls.Function);
        _holder.List.Insert("b", "pear");
        Assert.Equal(["apple", "pear"], [_calls.First(), _calls.First()]);
    }

    [Fact]
    public void Removed_and_changed_call_for_what_goes()
    {
        _holder.List.Insert("a", "apple");
        var changes = new Calls();
        Late.Call(_holder.Things, "removed", _calls.Function);
        Late.Call(_holder.Things, "changed", changes.Function);
        _holder.List.Delete("apple");
        _holder.List.Delete("apple");
        Assert.Equal("apple", _calls.First());
        Assert.Equal(0, changes.First());
        Assert.True(_calls.IsEmpty && changes.IsEmpty);
    }

    [Fact]
    public void Items_are_had_by_index_by_name_and_all_at_once()
    {
        _holder.List.Insert("a", "apple");
        _holder.List.Insert("b", "pear");
        Assert.Equal("pear", Late.Get(_holder, "things", 1));
        Assert.Equal("pear", Late.Call(_holder, "things", "B"));
        Assert.Equal("apple", Late.Get(_holder.Things, "Item", 0.0));
        Assert.Equal(["apple", "pear"], Assert.IsType<object[]>(Late.Call(_holder, "things")));
        Assert.Equal(2, Late.Read(_holder.Things, "count"));
        Assert.Equal(HResults.BadIndex, Assert.Throws<HResultException>(() => Late.Get(_holder, "things", 2)).HResult);
        Assert.Equal(HResults.BadIndex, Assert.Throws<HResultException>(() => Late.Get(_holder, "things", "c")).HResult);
    }

    [Fact]
    public void Scripts_add_and_remove_where_they_may()
    {
        Assert.Equal("plum", ((Promise)Late.Call(_holder.Things, "add", "plum")!).Wait());
        Assert.Equal("plum", Late.Get(_holder, "things", 0));
        ((Promise)Late.Call(_holder.Things, "remove", "plum")!).Wait();
        Assert.Equal(0, _holder.List.Count);
        Assert.Equal("NotFound", ((Promise)Late.Call(_holder.Things, "remove", "plum")!).Error!.Code);
        Assert.Equal("ReadOnly", new Collection().Add("plum").Error!.Code);
        Assert.Equal("ReadOnly", new Collection().Remove("plum").Error!.Code);
    }

    [Fact]
    public void ForEach_calls_before_it_returns_and_passes_errors_on()
    {
        _holder.List.Insert("a", "apple");
        _holder.List.Insert("b", "pear");
        var seen = new List<string>();
        Late.Call(_holder.Things, "forEach", (object? item, object? index) => seen.Add($"{index}={item}"));
        Assert.Equal(["0=apple", "1=pear"], seen);
        var error = Assert.Throws<HResultException>(
            () => Late.Call(_holder.Things, "forEach", (Action)(() => throw new InvalidOperationException("no"))));
        Assert.Equal("no", error.Message);
    }

    [Fact]
    public void The_oldest_go_where_there_is_a_capacity()
    {
        var list = new Collection { Capacity = 2 };
        list.Added(_calls.Function);
        foreach (var name in (string[])["a", "b", "c"])
        {
            list.Insert(name, name);
        }

        Assert.Equal(["b", "c"], list.Snapshot());
        Assert.Equal(["a", "b", "c"], [_calls.First(), _calls.First(), _calls.First()]);
    }
}
