# The service as an image: docker build -t realtime .   See docs/deploy.md, also for what of this has been run.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# Restored by themselves: packages are fetched again only when a reference changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Realtime.Actors/Realtime.Actors.csproj src/Realtime.Actors/
COPY src/Realtime.Web/Realtime.Web.csproj src/Realtime.Web/
COPY src/Realtime.Host/Realtime.Host.csproj src/Realtime.Host/
RUN dotnet restore src/Realtime.Host --use-current-runtime

COPY .editorconfig ./
COPY hocon hocon
COPY src src
# For the platform of the image, and compiled for it beforehand.
RUN dotnet publish src/Realtime.Host --use-current-runtime --no-restore --configuration Release --output /app -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .

# The embedded database, and whatever else has to outlive the container, belongs to the image's user without rights.
RUN install --directory --owner="$APP_UID" --group="$APP_UID" /data
VOLUME /data
USER $APP_UID

# The base image's own setting of the port would only be overridden, with a warning.
ENV ASPNETCORE_HTTP_PORTS= \
    Urls=http://+:8080 \
    Realtime__Data=/data
EXPOSE 8080

HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=3 \
    CMD ["dotnet", "Realtime.Host.dll", "health", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["dotnet", "Realtime.Host.dll"]
