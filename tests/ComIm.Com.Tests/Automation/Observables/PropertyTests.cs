using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation.Observables;

public sealed class PropertyTests
{
    private readonly Calls _calls = new();

    [Fact]
    public void Changed_calls_now_and_at_each_change_with_new_reason_and_old()
    {
        var property = new Property("a");
        Late.Call(property, "changed", _calls.Function);
        property.Change("b", "because");
        property.Change("b", "again");
        property.Change("c");
        Assert.Equal(["a", "", null], _calls.Next());
        Assert.Equal(["b", "because", "a"], _calls.Next());
        Assert.Equal(["c", "", "b"], _calls.Next());
        Assert.Equal("", property.Reason);
    }

    [Fact]
    public void Changed_does_not_call_now_where_the_value_is_not_known()
    {
        var property = new Property();
        property.Changed(_calls.Function);
        property.Change(1);
        Assert.Equal([1, "", null], _calls.Next());
    }

    [Fact]
    public void When_calls_each_time_and_once_only_once()
    {
        var property = new Property("x");
        var once = new Calls();
        property.When("x", _calls.Function);
        var listener = property.Once("x", once.Function);
        Assert.Equal("x", _calls.First());
        Assert.Equal("x", once.First());
        property.Change("y");
        property.Change("x");
        Assert.Equal(["x", "", "y"], _calls.Next());
        Assert.True(SpinWait.SpinUntil(() => !listener.IsActive, TimeSpan.FromSeconds(90)));
        Assert.True(once.IsEmpty && _calls.IsEmpty);
    }

    [Fact]
    public void When_compares_numbers_as_scripts_do()
    {
        var property = new Property(1);
        property.When(1.0, _calls.Function);
        Assert.Equal(1, _calls.First());
        property.When("1", new Calls().Function);
        Assert.True(_calls.IsEmpty);
    }

    [Fact]
    public void A_property_is_read_in_every_script_s_way()
    {
        var holder = new Holder();
        Assert.Equal("first", Late.Call(holder, "topic"));
        Assert.Equal("first", Late.Value(Late.Get(holder, "topic")!));
        Assert.Same(holder.Topic, Late.Read(holder, "topic"));
        Assert.Same(holder.Topic, Late.Get(holder, "topic"));
        Assert.Equal("first", Late.Call(Late.Read(holder, "topic")!, "Value"));
        Assert.Equal("first", ((Promise)Late.Call(Late.Read(holder, "topic")!, "get")!).Wait());
    }

    [Fact]
    public void A_property_is_set_in_every_script_s_way()
    {
        var holder = new Holder();
        Late.Put(holder, "topic", "second");
        Assert.Equal("second", holder.Topic.Value);
        ((Promise)Late.Call(holder, "topic", "third")!).Wait();
        Assert.Equal("third", holder.Topic.Value);
        ((Promise)Late.Call(Late.Read(holder, "topic")!, "set", "fourth")!).Wait();
        Assert.Equal("fourth", holder.Topic.Value);
    }

    [Fact]
    public void A_property_of_facts_cannot_be_set()
    {
        var property = new Property("fact");
        Assert.Equal("Rejected", property.Set("x").State);
        Assert.Equal(HResults.AccessDenied, Assert.Throws<HResultException>(() => property.Value = "x").HResult);
    }

    [Fact]
    public void A_listener_that_is_disposed_of_hears_no_more()
    {
        var property = new Property();
        var listener = property.Changed(_calls.Function);
        property.Change(1);
        Assert.Equal(1, _calls.First());
        listener.Dispose();
        listener.Dispose();
        property.Change(2);
        var other = new Calls();
        property.Changed(other.Function);
        Assert.Equal(2, other.First());
        Assert.True(_calls.IsEmpty && !listener.IsActive);
    }

    [Theory]
    [InlineData("text")]
    [InlineData(null)]
    public void What_cannot_be_called_is_refused_at_once(object? callback) =>
        Assert.Throws<HResultException>(() => new Property().Changed(callback!));
}
